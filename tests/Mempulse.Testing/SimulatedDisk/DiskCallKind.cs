namespace Mempulse.Testing.SimulatedDisk;

/// <summary>Calls that change something. Each can fail or be the last.</summary>
public enum DiskCallKind
{
    CreateDirectory = 0,
    Create = 1,
    Rename = 2,
    Delete = 3,
    SyncDirectory = 4,
    Write = 5,
    Allocate = 6,
    Truncate = 7,
    Sync = 8,
}
