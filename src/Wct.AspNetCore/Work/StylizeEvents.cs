using Wct.Net;

namespace Wct.AspNetCore.Work;

/// <summary>Receives what happens to a request. Called on several threads; must return at once.</summary>
internal interface IStylizeEvents
{
    /// <summary>The request moved in the queue; 0 means that it runs.</summary>
    void Moved(int position);

    /// <summary>The computation got further.</summary>
    /// <param name="fraction">The share of the work that is done, 0 to 1.</param>
    /// <param name="level">The level, 1 to 5; 0 while styles are prepared.</param>
    void Progress(double fraction, int level);

    /// <summary>A level is finished.</summary>
    void Level(LevelPicture picture);
}

/// <summary>Ignores what happens.</summary>
internal sealed class NoEvents : IStylizeEvents
{
    public void Moved(int position)
    {
    }

    public void Progress(double fraction, int level)
    {
    }

    public void Level(LevelPicture picture)
    {
    }
}
