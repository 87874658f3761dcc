namespace Mempulse.Testing.SimulatedDisk;

/// <summary>What calls by a path meet.</summary>
public enum PathState
{
    /// <summary>The files.</summary>
    Reachable = 0,

    /// <summary>No permission (EACCES, EROFS, ESTALE): nothing can be said about what is there.</summary>
    Denied = 1,

    /// <summary>Nothing (ENOENT): the directory was moved or unmounted.</summary>
    Missing = 2,
}
