using Mempulse.Canon.Appending;
using Mempulse.Primitives;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Canon.Tests;

/// <summary>On which thread the caller of an append goes on.</summary>
public sealed class AcknowledgementTests : IDisposable
{
    private const int Tries = 300;

    private readonly EventLog _log = EventLog.Open(new EventLogOptions { Directory = "/log", Chain = new ChainId(1), Files = new SimulatedFileSystem(1) });
    private ulong _next = 1;

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Nobody_goes_on_on_the_writers_thread_who_did_not_ask_for_it()
    {
        for (int i = 0; i < Tries; i++)
        {
            Assert.NotEqual("log-1", await ThreadAfterAsync(AcknowledgeOn.Pool));
        }
    }

    [Fact]
    public async Task Who_asks_for_it_goes_on_there_and_may_append_the_next_batch_from_there()
    {
        // An outcome that is known before it is awaited leaves the caller where it is, so not every try shows it.
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
