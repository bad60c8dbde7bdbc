/** What server and page agree on of the answer that comes along with a page. */

/** The id of the element that holds it, as JSON; the path that it answers stands beside it as `data-path`. */
export const firstAnswerId = "first-answer";

/** What the fleet's page and the wall of all ask first, below the page's base. */
export const allClustersPath = "api/clusters?since=";

/** What a cluster's page and its wall ask. */
export function clusterStatusPath(id: string): string {
  return `api/clusters/${encodeURIComponent(id)}/upgrade/status`;
}
