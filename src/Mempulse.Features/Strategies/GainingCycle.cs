using Mempulse.Features.Routes;

namespace Mempulse.Features.Strategies;

/// <summary>A cycle that gains, before its best input is known.</summary>
/// <param name="Legs">Its legs; each gives what the next takes.</param>
/// <param name="Return">What comes back for what goes in, in millionths, for the best of the probes.</param>
internal sealed record GainingCycle(RouteLeg[] Legs, ulong Return);
