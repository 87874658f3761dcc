using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Opportunities;

/// <summary>An opportunity as the fold holds it.</summary>
/// <param name="Detected">The event that began it.</param>
/// <param name="Status">Whether it holds.</param>
/// <param name="End">Why it does not hold; None while it does.</param>
/// <param name="By">The block or the transaction that is the reason; null if it is not known here, or while it holds.</param>
/// <param name="IsHandedOn">True if it was handed on to simulation.</param>
/// <param name="Simulation">What its last simulation gave; null before the first.</param>
public sealed record Opportunity(LogEvent.OppDetected Detected, OppStatus Status, OppEnd End, Hash256? By, bool IsHandedOn, OppSimulation? Simulation);
