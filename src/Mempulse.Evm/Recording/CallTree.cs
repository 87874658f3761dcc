using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Evm.Recording;

/// <summary>Builds the call tree of one run. Confined to the thread of its executor.</summary>
internal sealed class CallTree(WorldState state, long maxBytes)
{
    private readonly List<CallRecord> _open = [];
    private int _collectedLogs;

    /// <summary>Size of the tree in bytes, as counted towards the limit.</summary>
    public long Bytes { get; private set; }

    public CallRecord? Root { get; private set; }

    /// <summary>True while the size is within the limit.</summary>
    public bool IsWithinLimit => Bytes <= maxBytes;

    public void Enter(FrameRequest request, ReadOnlySpan<byte> input)
    {
        CollectLogs();
        bool isDelegateCall = request.Kind == FrameKind.DelegateCall;
        AddBytes(input.Length);
        Push(new CallRecord((CallKind)request.Kind, isDelegateCall ? request.Target : request.Caller, request.CodeSource)
        {
            Value = request.Value,
            Gas = (ulong)request.Gas,
            Input = IsWithinLimit ? input.ToArray() : default,
            FirstLog = state.Logs.Count,
        });
    }

    public void Exit(Status status, long gasUsed, ReadOnlySpan<byte> output)
    {
        CollectLogs();
        var call = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        call.Status = status;
        call.GasUsed = (ulong)gasUsed;
        if (call.IsSuccess || status == Status.Revert)
        {
            AddBytes(output.Length);
            call.Output = IsWithinLimit ? output.ToArray() : default;
        }

        if (!call.IsSuccess)
        {
            call.DropLogs();
            _collectedLogs = call.FirstLog;
        }
    }

    public void SelfDestructed(in Address account, in Address beneficiary, in UInt256 balance)
    {
        CollectLogs();
        AddBytes(0);
        _open[^1].Add(new CallRecord(CallKind.SelfDestruct, account, beneficiary) { Value = balance, Status = Status.SelfDestruct });
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

    /// <summary>Assigns the logs since the last start or end of a call to the innermost call.</summary>
    private void CollectLogs()
    {
        for (; _collectedLogs < state.Logs.Count; _collectedLogs++)
        {
            var log = state.Logs[_collectedLogs];
            AddBytes(log.Data.Length);
            _open[^1].Add(new CallLog(log, _open[^1].Calls.Count));
        }
    }

    /// <summary>Counts bytes, plus a fixed size per entry, because calls without data are cheap.</summary>
    private void AddBytes(int bytes)
    {
        const int EntryBytes = 256;
        Bytes += bytes + EntryBytes;
    }
}
