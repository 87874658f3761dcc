using Orleans.Placement;

namespace Mempulse.Grains.Placement;

/// <summary>The filter of <see cref="BesideLogAttribute"/>; <see cref="BesideLogDirector"/> applies it.</summary>
internal sealed class BesideLogFilter() : PlacementFilterStrategy(order: 0);
