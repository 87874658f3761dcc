using Mempulse.Client.Decoding;
using Mempulse.Grains.Abstractions.Observations;
using Mempulse.Grains.Abstractions.Relays;

namespace Mempulse.Dashboard.Screens.Health;

/// <summary>What the screen of health shows beyond the feed.</summary>
/// <param name="Spread">How transactions spread in the last 15 minutes.</param>
/// <param name="Relays">How relays answered.</param>
/// <param name="Decoders">How decoding compared with the chain.</param>
/// <param name="Gaps">When sources were blind in the last day.</param>
/// <param name="Readers">The readers of the stream of this process, the slowest first.</param>
internal sealed record HealthReading(Propagation Spread, RelaysAnswer Relays, DecodersResponse Decoders, GapAnswer Gaps, IReadOnlyList<ReaderRow> Readers);
