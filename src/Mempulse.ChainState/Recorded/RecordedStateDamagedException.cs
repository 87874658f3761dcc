namespace Mempulse.ChainState.Recorded;

/// <summary>A file of recorded states is damaged, or is not such a file.</summary>
/// <remarks>The message states the file and what is wrong with it.</remarks>
public sealed class RecordedStateDamagedException : Exception
{
    /// <summary>Creates an exception for damage in a file, with its cause if there is one.</summary>
    public RecordedStateDamagedException(string path, string finding, Exception? innerException)
        : base($"{path} is damaged: {finding}", innerException)
    {
    }

    /// <summary>Creates an exception without details.</summary>
    public RecordedStateDamagedException()
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    public RecordedStateDamagedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public RecordedStateDamagedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
