// Where the field of a chart's values stands in its drawing; titles, labels and keys lie around it.

/** Sides of the field in pixels; y grows downwards. */
export interface Edges {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The whole drawing, from (0, 0), with one field in it. */
export interface Frame extends Edges {
  width: number;
  height: number;
}
