using Mempulse.Observability;

namespace Mempulse.Grains.Bundles;

/// <summary>What all attempts of a bundle share.</summary>
internal sealed record CourseContext(BundleHost Host, IGrainFactory Grains, BundleMeter Meter, TimeProvider Time);
