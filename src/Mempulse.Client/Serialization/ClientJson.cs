using System.Text.Json;
using System.Text.Json.Serialization;
using Mempulse.Client.Audits;
using Mempulse.Client.Bundles;
using Mempulse.Client.Decoding;
using Mempulse.Client.Events;
using Mempulse.Client.Listing;
using Mempulse.Client.Observations;
using Mempulse.Client.Opportunities;
using Mempulse.Client.Ranking;
using Mempulse.Client.Reasons;
using Mempulse.Client.Replays;
using Mempulse.Client.Senders;
using Mempulse.Client.Simulations;
using Mempulse.Client.Status;
using Mempulse.Client.Transactions;

namespace Mempulse.Client.Serialization;

/// <summary>How the client reads and writes JSON, without reflection. Call trees nest deeper than the default allows.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict, MaxDepth = 4_096, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StatusResponse))]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(EventBody))]
[JsonSerializable(typeof(EventPageBody))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(TxResponse))]
[JsonSerializable(typeof(NodesResponse))]
[JsonSerializable(typeof(WhyResponse))]
[JsonSerializable(typeof(SenderResponse))]
[JsonSerializable(typeof(MempoolResponse))]
[JsonSerializable(typeof(RankResponse))]
[JsonSerializable(typeof(DecodeRequest))]
[JsonSerializable(typeof(DecodeResponse))]
[JsonSerializable(typeof(DecodersResponse))]
[JsonSerializable(typeof(PropagationResponse))]
[JsonSerializable(typeof(GapsResponse))]
[JsonSerializable(typeof(PeersResponse))]
[JsonSerializable(typeof(ReplayResponse))]
[JsonSerializable(typeof(SimulateRequest))]
[JsonSerializable(typeof(SimResponse))]
[JsonSerializable(typeof(OppsResponse))]
[JsonSerializable(typeof(OppResponse))]
[JsonSerializable(typeof(BundleResponse))]
[JsonSerializable(typeof(RelaysResponse))]
[JsonSerializable(typeof(AuditResponse))]
internal sealed partial class ClientJson : JsonSerializerContext;
