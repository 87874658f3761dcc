using Mempulse.Canon.Appending;
using Mempulse.Primitives;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Canon.Tests;

/// <summary>Which thread runs the caller's continuation after an append.</summary>
public sealed class AcknowledgementTests : IDisposable
{
    private const int Tries = 300;

    private readonly EventLog _log = EventLog.Open(new EventLogOptions { Directory = "/log", Chain = new ChainId(1), Files = new SimulatedFileSystem(1) });
    private ulong _next = 1;

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task By_default_no_continuation_runs_on_the_writers_thread()
    {
        for (int i = 0; i < Tries; i++)
        {
            Assert.NotEqual("log-1", await ThreadAfterAsync(AcknowledgeOn.Pool));
        }
    }

    [Fact]
    public async Task A_continuation_on_the_writers_thread_may_append_the_next_batch()
    {
        // A task that completes before it is awaited keeps the caller on its own thread, so not every try runs on the writer's.
        bool isSeen = false;
        for (int i = 0; i < Tries; i++)
        {
            isSeen |= await ThreadAfterAsync(AcknowledgeOn.Writer) == "log-1";
        }

        Assert.True(isSeen);
        Assert.Equal(new GlobalSeq(_next - 1), _log.Watermark);
        await Task.Yield();
    }

    private async Task<string?> ThreadAfterAsync(AcknowledgeOn acknowledgeOn)
    {
        var batch = Batches.Seen(SyncLog.Lane, _next, 1);
        _next++;
        var result = await _log.AppendAsync(batch, acknowledgeOn, CancellationToken.None).ConfigureAwait(false);
        Assert.Equal(_log.Watermark, result.Last);
        return Thread.CurrentThread.Name;
    }
}
