using Mempulse.Grains.Abstractions.Observations;

namespace Mempulse.Dashboard.Screens.Radar;

/// <summary>Who hears first.</summary>
/// <param name="Spread">How transactions spread lately.</param>
/// <param name="Peers">The peers by name.</param>
internal sealed record HearingReading(Propagation Spread, IReadOnlyDictionary<string, KnownObserver> Peers);
