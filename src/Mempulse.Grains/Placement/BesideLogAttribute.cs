using Orleans.Placement;

namespace Mempulse.Grains.Placement;

/// <summary>Places a grain only on the silo that holds the log of the chain in the grain's key.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
internal sealed class BesideLogAttribute() : PlacementFilterAttribute(new BesideLogFilter());
