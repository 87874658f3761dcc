using Mempulse.Net.Ingest;
using Mempulse.Primitives;

namespace Mempulse.Net.Mempool;

/// <summary>What the sources of an RPC lane share.</summary>
/// <param name="Pipeline">The lane's pipeline.</param>
/// <param name="Fetcher">Fetches bodies.</param>
/// <param name="Nonces">Queries nonces.</param>
/// <param name="Claimed">Bodies that are decoded or requested.</param>
/// <param name="Time">The clock.</param>
internal sealed record LaneParts(IngestPipeline Pipeline, BodyFetcher Fetcher, NonceProbe Nonces, RecentSet<Hash256> Claimed, TimeProvider Time);
