/** A drawing of a reader with keys of its own; the words stand beside it. */
export function ReaderKeys() {
  return (
    <svg className="reader-keys" viewBox="0 0 240 300" aria-hidden="true">
      <rect className="body" x="30" y="40" width="180" height="250" rx="20" />
      <rect className="card" x="72" y="4" width="96" height="60" rx="8" />
      <rect className="display" x="56" y="72" width="128" height="40" rx="6" />
      <g className="stars">
        {[0, 1, 2, 3].map(index => (
          <circle key={index} cx={84 + index * 24} cy="92" r="6" />
        ))}
      </g>
      {[0, 1, 2, 3].map(row =>
        [0, 1, 2].map(column => (
          <rect
            key={`${row} ${column}`}
            className="key"
            x={58 + column * 44}
            y={128 + row * 38}
            width="36"
            height="28"
            rx="6"
          />
        )),
      )}
    </svg>
  );
}
