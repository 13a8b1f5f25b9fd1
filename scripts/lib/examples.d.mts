export interface FlowNode {
  id: string
  type: string
  [property: string]: unknown
}

export function mergeExamples(examples: { name: string; nodes: FlowNode[] }[]): FlowNode[]
