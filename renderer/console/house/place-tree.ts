/** Places from the top down, each after what it is within, with how deep it stands. */
export function placeTree<Place extends { readonly id: string; readonly within?: string | undefined }>(
  places: readonly Place[],
  within?: string,
  depth = 0,
): readonly { readonly place: Place; readonly depth: number }[] {
  return places
    .filter(place => place.within === within)
    .flatMap(place => [{ place, depth }, ...placeTree(places, place.id, depth + 1)]);
}
