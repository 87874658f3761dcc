using Mempulse.Canon.Reading;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Canon.Tests;

public sealed class SimulatedDiskLogTests : LogCompliance
{
    private readonly SimulatedFileSystem _disk = new(1);

    protected override IEventLog Open() => EventLog.Open(SyncLog.Options(_disk));

    protected override ILogReader OpenRead() => LogDirectory.OpenRead(SyncLog.Directory, _disk);
}
