using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>A simulation that ran and gained nothing.</summary>
/// <param name="Detected">The opportunity.</param>
/// <param name="Loss">What it lost.</param>
internal sealed record NearMiss(LogEvent.OppDetected Detected, Wei Loss);
