-- What the schools slice may know of the slices above it: the clusters a school is or was in, and nothing else of them.
CREATE VIEW v_school_cluster AS
SELECT membership.urn      AS urn,
       cluster.year        AS year,
       cluster.model       AS model,
       cluster.reference   AS cluster,
       membership.joined   AS joined,
       membership.left_on  AS left_on
  FROM membership
  JOIN cluster ON cluster.cluster_id = membership.cluster_id;
