namespace Mempulse.Sim.Witnesses;

/// <summary>How a witness has the code of contracts; the numbers are the versions of its bytes and never change.</summary>
public enum WitnessForm
{
    /// <summary>Not a form; never written.</summary>
    None = 0,

    /// <summary>It has the code itself.</summary>
    Whole = 1,

    /// <summary>It names the code by its hash. The code is stored beside it, once for many witnesses.</summary>
    NamesCodes = 2,
}
