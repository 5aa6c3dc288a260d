/** Which number stands for which place of an integration's answers, in the order in which they were first sent. */
export class MarkedPlaces {
  readonly #numbers = new Map<string, number>();

  numberOf(place: string): number {
    const number = this.#numbers.get(place) ?? this.#numbers.size + 1;
    this.#numbers.set(place, number);
    return number;
  }

  /** `{"1": "candidate.phone_numbers.*.phone_number"}` */
  list(): Record<string, string> {
    return Object.fromEntries([...this.#numbers].map(([place, number]) => [String(number), place]));
  }
}
