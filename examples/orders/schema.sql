CREATE TABLE orders (
  id bigserial PRIMARY KEY,
  customer text NOT NULL CHECK (customer <> ''),
  placed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE order_lines (
  id bigserial PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES orders (id),
  sku text NOT NULL,
  quantity integer NOT NULL CHECK (quantity > 0),
  price_cents integer NOT NULL CHECK (price_cents >= 0)
);
CREATE INDEX ON order_lines (order_id);
