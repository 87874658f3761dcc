using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Evm.Recording;

/// <summary>Builds the tree of calls of one run. Confined to the thread of its executor.</summary>
internal sealed class CallTree(WorldState state, long maxBytes)
{
    private readonly List<CallRecord> _open = [];
    private int _logsSeen;

    /// <summary>What the tree keeps, in bytes.</summary>
    public long Bytes { get; private set; }

    public CallRecord? Root { get; private set; }

    /// <summary>True while what is kept stays within the limit.</summary>
    public bool IsWithinLimit => Bytes <= maxBytes;

    public void Enter(FrameRequest request, ReadOnlySpan<byte> input)
    {
        TakeLogs();
        bool borrows = request.Kind == FrameKind.DelegateCall;
        Keep(input.Length);
        Push(new CallRecord((CallKind)request.Kind, borrows ? request.Target : request.Caller, request.CodeSource)
        {
            Value = request.Value,
            Gas = (ulong)request.Gas,
            Input = IsWithinLimit ? input.ToArray() : default,
            FirstLog = state.Logs.Count,
        });
    }

    public void Exit(Status status, long gasUsed, ReadOnlySpan<byte> output)
    {
        TakeLogs();
        var call = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        call.Status = status;
        call.GasUsed = (ulong)gasUsed;
        if (call.IsSuccess || status == Status.Revert)
        {
            Keep(output.Length);
            call.Output = IsWithinLimit ? output.ToArray() : default;
        }

        if (!call.IsSuccess)
        {
            call.ForgetLogs();
            _logsSeen = call.FirstLog;
        }
    }

    public void SelfDestructed(in Address account, in Address heir, in UInt256 balance)
    {
        TakeLogs();
        Keep(0);
        _open[^1].Add(new CallRecord(CallKind.SelfDestruct, account, heir) { Value = balance, Status = Status.SelfDestruct });
    }

    private void Push(CallRecord call)
    {
        if (_open.Count == 0)
        {
            Root = call;
        }
        else
        {
            _open[^1].Add(call);
        }

        _open.Add(call);
    }

    /// <summary>Logs since the last call began or ended are those of the innermost call.</summary>
    private void TakeLogs()
    {
        for (; _logsSeen < state.Logs.Count; _logsSeen++)
        {
            var log = state.Logs[_logsSeen];
            Keep(log.Data.Length);
            _open[^1].Add(new CallLog(log, _open[^1].Calls.Count));
        }
    }

    /// <summary>Each line of the tree counts as well: calls of nothing are cheap.</summary>
    private void Keep(int bytes)
    {
        const int LineBytes = 256;
        Bytes += bytes + LineBytes;
    }
}
