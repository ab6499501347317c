const SIZE_PX = 7;

/** Diagonal strokes on a soft ground: the canvas twin of the `hatched-*` utilities. */
export function hatchPattern(stroke: string, ground: string): CanvasPattern | string {
  const scale = window.devicePixelRatio;
  const tile = document.createElement("canvas");
  tile.width = tile.height = Math.round(SIZE_PX * scale);
  const context = tile.getContext("2d");
  if (!context) return ground;

  context.scale(tile.width / SIZE_PX, tile.height / SIZE_PX);
  context.fillStyle = ground;
  context.fillRect(0, 0, SIZE_PX, SIZE_PX);
  context.strokeStyle = stroke;
  context.lineWidth = 2.2;
  // Three strokes, so that the tile continues into its neighbours.
  for (const shift of [-SIZE_PX, 0, SIZE_PX]) {
    context.beginPath();
    context.moveTo(shift - 1, SIZE_PX + 1);
    context.lineTo(shift + SIZE_PX + 1, -1);
    context.stroke();
  }
  const pattern = context.createPattern(tile, "repeat");
  pattern?.setTransform(new DOMMatrix().scale(SIZE_PX / tile.width));
  return pattern ?? ground;
}
