using Mempulse.Evm.Frames;
using Mempulse.Primitives;

namespace Mempulse.Evm.Recording;

/// <summary>A call with all it called, as geth's callTracer has it.</summary>
/// <remarks>Filled while the run goes on; not to be changed by anybody else.</remarks>
public sealed class CallRecord
{
    private readonly List<CallRecord> _calls = [];
    private readonly List<CallLog> _logs = [];
    private bool _isForgotten;

    internal CallRecord(CallKind kind, Address from, Address to)
    {
        Kind = kind;
        From = from;
        To = to;
    }

    /// <summary>How it came to be.</summary>
    public CallKind Kind { get; }

    /// <summary>Who called: the account whose storage the calling code runs on.</summary>
    public Address From { get; }

    /// <summary>Whose code runs; the new contract of a creation; the heir of a SELFDESTRUCT.</summary>
    public Address To { get; internal set; }

    /// <summary>What CALLVALUE tells, in wei; the balance given away by a SELFDESTRUCT.</summary>
    public UInt256 Value { get; internal init; }

    /// <summary>Gas it was given; of a transaction, its gas limit.</summary>
    public ulong Gas { get; internal set; }

    /// <summary>Gas it used; of a transaction, what was paid for.</summary>
    public ulong GasUsed { get; internal set; }

    /// <summary>Call data or initcode.</summary>
    public ReadOnlyMemory<byte> Input { get; internal init; }

    /// <summary>What it returned or reverted with; the code of a new contract.</summary>
    public ReadOnlyMemory<byte> Output { get; internal set; }

    /// <summary>How it ended.</summary>
    public Status Status { get; internal set; }

    /// <summary>What it called, in order.</summary>
    public IReadOnlyList<CallRecord> Calls => _calls;

    /// <summary>Its own logs; none when it failed, or one that called it.</summary>
    public IReadOnlyList<CallLog> Logs => _logs;

    /// <summary>True when its changes stood at its own end.</summary>
    public bool IsSuccess => Status is Status.Stop or Status.Return or Status.SelfDestruct;

    /// <summary>True for CREATE and CREATE2.</summary>
    public bool IsCreation => Kind is CallKind.Create or CallKind.Create2;

    internal int FirstLog { get; init; }

    internal void Add(CallRecord call) => _calls.Add(call);

    internal void Add(CallLog log) => _logs.Add(log);

    /// <summary>What fails takes the logs of all below it back. Depth is bounded by the protocol, as is this recursion.</summary>
    internal void ForgetLogs()
    {
        if (_isForgotten)
        {
            return;
        }

        _isForgotten = true;
        _logs.Clear();
        for (int i = 0; i < _calls.Count; i++)
        {
            _calls[i].ForgetLogs();
        }
    }
}
