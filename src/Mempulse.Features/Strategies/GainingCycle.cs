using Mempulse.Features.Routes;
using Mempulse.Primitives;

namespace Mempulse.Features.Strategies;

/// <summary>A cycle that gains, before its best input is known.</summary>
/// <param name="Legs">Its legs; each gives what the next takes.</param>
/// <param name="Return">What comes back for what goes in, in millionths, for the best of the probes.</param>
/// <param name="Input">That probe; zero for a cycle of constant product pools, which needs none.</param>
internal sealed record GainingCycle(RouteLeg[] Legs, ulong Return, UInt256 Input);
