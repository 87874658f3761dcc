namespace Mempulse.Builder.Execution;

/// <summary>The executor cannot be deployed. The message says why.</summary>
public sealed class DeploymentException : Exception
{
    /// <summary>Creates an exception without details.</summary>
    public DeploymentException()
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    public DeploymentException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    public DeploymentException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
