namespace Mempulse.Scheduling;

/// <summary>A thread of a schedule, or the part of an async flow between two awaits.</summary>
internal sealed class Strand(Schedule schedule, int number, string name, Action work, StrandGroup? group)
{
    public Schedule Schedule { get; } = schedule;

    public int Number { get; } = number;

    public string Name { get; } = name;

    public Action Work { get; } = work;

    public StrandGroup? Group { get; } = group;

    /// <summary>The operating-system thread that it runs on; null until it is chosen for the first time.</summary>
    public Carrier? Carrier { get; set; }

    /// <summary>What must hold before it goes on; null if nothing must.</summary>
    public Func<bool>? Until { get; set; }

    /// <summary>True if it may also go on because its time is up.</summary>
    public bool MayTimeOut { get; set; }

    /// <summary>What it does next.</summary>
    public string Doing { get; set; } = "start";

    /// <summary>While positive, it is not interrupted unless it must wait.</summary>
    public int Uninterrupted { get; set; }

    /// <summary>Higher goes first, in schedules by priority.</summary>
    public int Priority { get; set; }

    public bool IsDone { get; set; }

    public bool CanRun => (Group is null || Group.Running is null || Group.Running == this) && (Until is null || Until());
}
