/** How many favourites a holder can have: more would be a second portal. */
export const mostFavourites = 24;
