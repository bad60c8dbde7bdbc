/** The columns of a row on a wide screen; on a narrow one each row is a card of two columns. */
export const rowGrid =
  "grid grid-cols-[minmax(0,1fr)_fit-content(60%)] gap-x-4 px-4 lg:grid-cols-[minmax(11rem,1.3fr)_minmax(14rem,2fr)_7rem_minmax(10rem,1fr)_minmax(8rem,1fr)_6.5rem]";
