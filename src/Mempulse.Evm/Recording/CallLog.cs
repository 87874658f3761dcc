using Mempulse.Evm.State;

namespace Mempulse.Evm.Recording;

/// <summary>A log with its position among the nested calls of its call.</summary>
/// <param name="Log">The log.</param>
/// <param name="Position">Number of nested calls before the log.</param>
public readonly record struct CallLog(LogEntry Log, int Position);
