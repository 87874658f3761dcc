using Mempulse.Evm.Frames;
using Mempulse.Primitives;

namespace Mempulse.Evm.Recording;

/// <summary>A call with its nested calls, with the content of geth's callTracer.</summary>
/// <remarks>Filled during the run and immutable afterwards.</remarks>
public sealed class CallRecord
{
    private readonly List<CallRecord> _calls = [];
    private readonly List<CallLog> _logs = [];
    private bool _areLogsDropped;

    internal CallRecord(CallKind kind, Address from, Address to)
    {
        Kind = kind;
        From = from;
        To = to;
    }

    /// <summary>The kind of call.</summary>
    public CallKind Kind { get; }

    /// <summary>The caller: the account in whose context the calling code runs.</summary>
    public Address From { get; }

    /// <summary>The account whose code runs; the new contract of a creation; the beneficiary of a SELFDESTRUCT.</summary>
    public Address To { get; internal set; }

    /// <summary>The value of CALLVALUE in wei; the transferred balance of a SELFDESTRUCT.</summary>
    public UInt256 Value { get; internal init; }

    /// <summary>Gas of the call; for the outermost call, the gas limit of the transaction.</summary>
    public ulong Gas { get; internal set; }

    /// <summary>Gas used; for the outermost call, the gas charged to the transaction.</summary>
    public ulong GasUsed { get; internal set; }

    /// <summary>Call data or initcode.</summary>
    public ReadOnlyMemory<byte> Input { get; internal init; }

    /// <summary>Return or revert data; the deployed code of a creation.</summary>
    public ReadOnlyMemory<byte> Output { get; internal set; }

    /// <summary>How the call ended.</summary>
    public Status Status { get; internal set; }

    /// <summary>The nested calls in order.</summary>
    public IReadOnlyList<CallRecord> Calls => _calls;

    /// <summary>The logs of the call itself; empty when it or an enclosing call failed.</summary>
    public IReadOnlyList<CallLog> Logs => _logs;

    /// <summary>True when the call itself succeeded; an enclosing call may still have failed.</summary>
    public bool IsSuccess => Status is Status.Stop or Status.Return or Status.SelfDestruct;

    /// <summary>True for CREATE and CREATE2.</summary>
    public bool IsCreation => Kind is CallKind.Create or CallKind.Create2;

    internal int FirstLog { get; init; }

    internal void Add(CallRecord call) => _calls.Add(call);

    internal void Add(CallLog log) => _logs.Add(log);

    /// <summary>Removes the logs of a failed call and its nested calls. The protocol bounds the depth of this recursion.</summary>
    internal void DropLogs()
    {
        if (_areLogsDropped)
        {
            return;
        }

        _areLogsDropped = true;
        _logs.Clear();
        for (int i = 0; i < _calls.Count; i++)
        {
            _calls[i].DropLogs();
        }
    }
}
