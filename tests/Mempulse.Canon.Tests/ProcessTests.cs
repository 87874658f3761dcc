using System.Diagnostics;
using System.Globalization;
using Mempulse.Canon.Verification;
using Mempulse.Canon.Files;
using Mempulse.Primitives;

namespace Mempulse.Canon.Tests;

/// <summary>Kills and takeovers with real processes on the real file system.</summary>
public sealed class ProcessTests : IDisposable
{
    private const int Kills = 6;

    private readonly string _directory = Directory.CreateTempSubdirectory("canon-").FullName;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_the_writer_is_killed_repeatedly()
    {
        var acknowledged = GlobalSeq.None;
        for (int kill = 1; kill <= Kills; kill++)
        {
            using var writer = WriterProcess.Start(_directory);
            acknowledged = await ReadAcknowledgements(writer, 20 * kill);

            // Beside the live writer, too, a reader sees only whole events.
            ModelLog.AssertHolds(LogDirectory.OpenRead(_directory), GlobalSeq.None);
            writer.Kill();
            await writer.WaitForExitAsync(Now);

            acknowledged = await DrainAcknowledgements(writer, acknowledged);
            ModelLog.AssertHolds(LogDirectory.OpenRead(_directory), acknowledged);
        }

        using (var log = EventLog.Open(new EventLogOptions { Directory = _directory, Chain = new ChainId(1), DurableFloor = acknowledged }))
        {
            Assert.Equal(new Epoch(Kills + 1), log.Epoch);
        }

        Assert.Empty(LogVerifier.Verify(PosixFileSystem.Instance, _directory, null, Now).Damage);
    }

    [Fact]
    public async Task A_writer_stopped_during_a_takeover_acknowledges_nothing_when_it_resumes()
    {
        using var old = WriterProcess.Start(_directory);
        await ReadAcknowledgements(old, 20);
        await Signal("STOP", old);

        // Simulates a lost lease on one machine: the new writer locks another file under the same name.
        File.Delete(Path.Combine(_directory, WriterSession.LockName));
        using var log = EventLog.Open(new EventLogOptions { Directory = _directory, Chain = new ChainId(1), SegmentSizeBytes = 64 << 10 });
        var recovered = log.Watermark;
        await log.AppendAsync(Batches.Seen(SyncLog.Lane, log.Watermark.Value + 1, 50), Now);
        await Signal("CONT", old);
        string[] lines = (await old.StandardOutput.ReadToEndAsync(Now)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await old.WaitForExitAsync(Now);

        Assert.Equal("LogFencedException", lines[^1]);
        Assert.All(lines[..^1], line => Assert.True(Number(line) <= recovered));
        await log.AppendAsync(Batches.Seen(SyncLog.Lane, log.Watermark.Value + 1, 50), Now);
        ModelLog.AssertHolds(log.Reader, recovered.Plus(100));
    }

    private static async Task<GlobalSeq> ReadAcknowledgements(Process writer, int count)
    {
        var last = GlobalSeq.None;
        for (int index = 0; index < count; index++)
        {
            string line = await writer.StandardOutput.ReadLineAsync(Now) ?? throw new InvalidOperationException("The writer ended.");
            last = Number(line);
        }

        return last;
    }

    private static async Task<GlobalSeq> DrainAcknowledgements(Process writer, GlobalSeq last)
    {
        string rest = await writer.StandardOutput.ReadToEndAsync(Now);

        // The last line may be incomplete.
        foreach (string line in rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            last = Number(line);
        }

        return last;
    }

    private static GlobalSeq Number(string line) => new(ulong.Parse(line, CultureInfo.InvariantCulture));

    private static async Task Signal(string name, Process process)
    {
        using var kill = Process.Start("kill", [$"-{name}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Now);
        Assert.Equal(0, kill.ExitCode);
    }
}
