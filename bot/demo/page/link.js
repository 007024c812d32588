// The line to the local Bot API: requests, and events with reconnection.

async function request(path, options) {
  const response = await fetch(path, options);
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error ?? `HTTP ${response.status}`);
  return body;
}

export const read = (name, query) => request(`/people/${name}?${new URLSearchParams(query)}`);

export const act = (name, body) =>
  request(`/people/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });

export const upload = (query, file) =>
  request(`/people/upload?${new URLSearchParams(query)}`, {
    method: "POST",
    headers: { "Content-Type": "application/octet-stream" },
    body: file,
  });

export const fileUrl = (id, download = false) =>
  `/people/file/${encodeURIComponent(id)}${download ? "?download=1" : ""}`;

const SLOWEST = 8000; // ms between attempts

/**
 * Follows the events that concern a person. `load` fetches everything anew and
 * returns {user, after}: who it is (0 asks for the first person there is) and the number of the last event.
 */
export class Line {
  constructor(load, receive, offline) {
    Object.assign(this, { load, receive, offline, pause: 500, source: null, turn: 0 });
  }

  /** Starts over for this person; an older start still on its way is forgotten. */
  async open(user) {
    const turn = ++this.turn;
    this.source?.close();
    try {
      const { user: found, after } = await this.load(user);
      if (turn === this.turn) this.listen(found, after, turn);
    } catch {
      if (turn === this.turn) this.retry(user);
    }
  }

  listen(user, after, turn) {
    this.source = new EventSource(`/people/events?${new URLSearchParams({ user, after })}`);
    this.source.onopen = () => {
      this.pause = 500;
      this.offline(false);
    };
    this.source.onmessage = ({ data }) => {
      const event = JSON.parse(data);
      if (event.kind === "gap") this.open(user);
      else this.receive(event);
    };
    this.source.onerror = () => {
      this.source.close();
      if (turn === this.turn) this.retry(user);
    };
  }

  retry(user) {
    this.offline(true);
    const turn = this.turn;
    setTimeout(() => turn === this.turn && this.open(user), this.pause);
    this.pause = Math.min(this.pause * 2, SLOWEST);
  }
}
