using Mempulse.Builder.Answers;

namespace Mempulse.Builder.Sending;

/// <summary>One attempt: what came back, and after how long.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Latency">From the call to the last byte of the answer, or to the failure; with the time to connect.</param>
public sealed record AttemptResult(RelayAnswer Answer, TimeSpan Latency);
