namespace Mempulse.Cli.Logs;

/// <summary>What a command does at a damaged place of a log.</summary>
internal enum Damaged
{
    /// <summary>Stops there with an error.</summary>
    Stop,

    /// <summary>Reports it and goes on with the next position that can be read.</summary>
    Pass,
}
