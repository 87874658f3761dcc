using Mempulse.Builder.Dialects;
using Mempulse.Primitives;
using Mempulse.RelaySim.Faults;

namespace Mempulse.RelaySim;

/// <summary>A request that arrived.</summary>
/// <param name="Number">Its place in the order of arrival, from 1.</param>
/// <param name="Method">What it asked for; null if it could not be read.</param>
/// <param name="Searcher">The account that signed it; null if it was not signed, or was not read.</param>
/// <param name="Fault">How it was answered.</param>
/// <param name="Problem">Why it was refused; empty if it was not.</param>
public sealed record ReceivedRequest(int Number, RelayMethod? Method, Address? Searcher, RelayFault Fault, string Problem);
