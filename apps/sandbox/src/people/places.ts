import { pick } from './draw.js';

export interface Place {
  readonly city: string;
  readonly region: string;
  readonly country: string;
  readonly street: string;
  readonly zip: string;
}

const PLACES: readonly [Place, ...Place[]] = [
  { city: 'Stockholm', region: 'Stockholms län', country: 'SE', street: 'Slöjdgatan', zip: '111 57' },
  { city: 'Malmö', region: 'Skåne län', country: 'SE', street: 'Södra Förstadsgatan', zip: '211 43' },
  { city: 'Zürich', region: 'Zürich', country: 'CH', street: 'Bahnhofstrasse', zip: '8001' },
  { city: 'Berlin', region: 'Berlin', country: 'DE', street: 'Torstraße', zip: '10119' },
  { city: "L'Aquila", region: 'Abruzzo', country: 'IT', street: 'Via Roma', zip: '67100' },
  { city: '東京', region: '東京都', country: 'JP', street: '丸の内', zip: '100-0005' },
  { city: 'São Paulo', region: 'SP', country: 'BR', street: 'Avenida Paulista', zip: '01310-100' },
  { city: 'New York', region: 'NY', country: 'US', street: 'Broadway', zip: '10007' },
  { city: 'Reykjavík', region: 'Höfuðborgarsvæðið', country: 'IS', street: 'Laugavegur', zip: '101' },
  { city: 'Kraków', region: 'Małopolskie', country: 'PL', street: 'Floriańska', zip: '31-021' },
];

export function placeOf(drawn: number): Place {
  return pick(PLACES, drawn);
}
