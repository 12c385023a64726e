namespace Husai.Experiments.Studies.Plan;

/// <summary>
/// A value that the first of several threads derives while the others wait. A failure, such as that of a job that is stopped, is not kept:
/// the next one tries again.
/// </summary>
internal sealed class DerivedPart<T>
    where T : class
{
    private readonly Lock _entry = new();
    private T? _value;

    public T Get(Func<T> derive)
    {
        lock (_entry)
        {
            return _value ??= derive();
        }
    }
}
