using Mempulse.Evm.State;

namespace Mempulse.Evm.Recording;

/// <summary>A log where it was made.</summary>
/// <param name="Log">The log.</param>
/// <param name="Position">How many calls its maker had made before it.</param>
public readonly record struct CallLog(LogEntry Log, int Position);
