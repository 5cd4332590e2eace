/**
 * Results of what releases do, one for all that do the same as far as it was asked on the way: nvme-cli 3.1 and 3.0 take different discovery URIs, and
 * do the same with a table that has none.
 */
export class AlikeResults<Does extends object, V> {
  readonly #known: { readonly answers: ReadonlyMap<keyof Does, unknown>; readonly made: V }[] = [];

  /** @param make asks nothing more when it has returned */
  of(does: Does, make: (does: Does) => V): V {
    const known = this.#known.find(({ answers }) => [...answers].every(([name, answer]) => does[name] === answer));
    if (known) return known.made;
    const answers = new Map<keyof Does, unknown>();
    const asked = new Proxy(does, {
      get(_, key) {
        const name = key as keyof Does;
        answers.set(name, does[name]);
        return does[name];
      },
    });
    const made = make(asked);
    this.#known.push({ answers, made });
    return made;
  }
}
