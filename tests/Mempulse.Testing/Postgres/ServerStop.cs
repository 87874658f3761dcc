namespace Mempulse.Testing.Postgres;

/// <summary>How a test's database server is stopped.</summary>
public enum ServerStop
{
    /// <summary>Open transactions are rolled back, connections are closed, and everything is written (SIGINT).</summary>
    Fast,

    /// <summary>Everything ends at once, without a checkpoint, as after a crash; the next start recovers (SIGQUIT).</summary>
    Immediate,
}
