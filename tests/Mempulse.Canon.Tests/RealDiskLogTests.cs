using Mempulse.Canon.Reading;
using Mempulse.Primitives;

namespace Mempulse.Canon.Tests;

public sealed class RealDiskLogTests : LogCompliance, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("canon-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    protected override IEventLog Open() =>
        EventLog.Open(new EventLogOptions { Directory = _directory, Chain = new ChainId(1), SegmentSizeBytes = 64 << 10 });

    protected override ILogReader OpenRead() => LogDirectory.OpenRead(_directory);
}
