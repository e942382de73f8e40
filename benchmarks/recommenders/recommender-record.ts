/** Means over users of one recommender with one seed. */
export interface RecommenderRecord {
  /** Ranked among all items that the user did not have before; fitted on the training part, served as RecBole does it. */
  readonly ndcg: number;
  readonly recall: number;
  /** The same model, but users are served from everything before the target. */
  readonly completeNdcg: number;
  /** Among 100 items drawn evenly from those that the user never had. */
  readonly sampledNdcg: number;
}
