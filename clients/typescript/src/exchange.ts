import { streamEnded } from "./errors.js";
import { PostroomStream } from "./stream.js";
import { plain } from "./values.js";

/**
 * A stream into which values are sent while its own come.
 *
 * It is opened by the first `send` or value. The server says how many values it has room for, and `send` waits for
 * that. It may stop reading while what it sends is not taken: read while sending. Not resumed.
 */
export class PostroomExchange<S, T> extends PostroomStream<T> {
  #hasFinished = false;

  /**
   * Sends a value when the server has room for it. Values arrive in the order of the calls; await each before the next.
   *
   * Throws what the stream ended with; after its good end and after `finish` that has reason `stream.ended`.
   */
  async send(value: S): Promise<void> {
    if (this.#hasFinished) throw streamEnded();
    const waiting = await this.opened();
    const number = await this.turn(waiting);
    await waiting.connection.give(waiting, number, plain(value));
  }

  /** Says that there are no more values; those of the server go on. May be called again. */
  async finish(): Promise<void> {
    if (this.#hasFinished) return;
    this.#hasFinished = true;
    const waiting = await this.opened();
    waiting.connection.finishInput(waiting);
  }
}
