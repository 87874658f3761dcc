namespace Mempulse.Features.Traits;

/// <summary>Receives the traits of a transaction.</summary>
/// <param name="traits">The traits; valid during the call.</param>
public delegate void TraitVisit(in TxTraits traits);
