/** The task that a dataset was recorded in, by how its file was understood (`source.layout`); reaching where that does not say. */
export function taskOfLayout(layout: string): 'reach' | 'context-decision' {
  return layout.startsWith('mante2013') ? 'context-decision' : 'reach';
}
