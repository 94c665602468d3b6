import { readRoute, titles, writeRoute } from '../logic/route.ts';
import type { Page, Route } from '../logic/route.ts';

class Router {
  route: Route = $state.raw(readRoute(location.hash));

  constructor() {
    addEventListener('hashchange', () => this.#follow());
    this.#follow();
  }

  go(page: Page, id: string | null = null): void {
    location.hash = writeRoute(page, id);
  }

  /** What long work ends with: goes on from the page on which it began, unless the user has gone elsewhere meanwhile. */
  whenStillHere(): (page: Page, id?: string | null) => void {
    const { page: begun } = this.route;
    return (page, id) => {
      if (this.route.page === begun && readRoute(location.hash).page === begun) this.go(page, id);
    };
  }

  #follow(): void {
    this.route = readRoute(location.hash);
    document.title = `${titles[this.route.page]} · Learning Rule Lab`;
  }
}

export const router = new Router();
