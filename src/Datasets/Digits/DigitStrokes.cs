namespace NeuroHal.Datasets.Digits;

/// <summary>
/// How each digit is written, in two or three styles: strokes as points in a unit square, x to the right, y down, which
/// a smooth curve runs through. A stroke of two points is straight.
/// </summary>
internal static class DigitStrokes
{
    /// <summary>[digit][style][stroke]: x and y of each point in turn.</summary>
    public static readonly float[][][][] All =
    [
        [
            [[.5f, .05f, .22f, .22f, .15f, .5f, .22f, .78f, .5f, .95f, .78f, .78f, .85f, .5f, .78f, .22f, .5f, .05f]],
            [[.55f, .05f, .33f, .25f, .28f, .6f, .45f, .95f, .68f, .75f, .72f, .35f, .55f, .05f]],
        ],
        [
            [[.5f, .05f, .5f, .95f]],
            [[.28f, .28f, .52f, .05f], [.52f, .05f, .52f, .95f]],
            [[.3f, .25f, .5f, .05f], [.5f, .05f, .5f, .95f], [.28f, .95f, .74f, .95f]],
        ],
        [
            [[.2f, .25f, .35f, .08f, .62f, .06f, .78f, .24f, .68f, .48f, .4f, .74f, .18f, .93f], [.18f, .93f, .84f, .93f]],
            [[.2f, .22f, .5f, .05f, .75f, .25f, .58f, .58f, .3f, .88f, .2f, .82f, .36f, .76f, .6f, .9f, .86f, .88f]],
        ],
        [
            [[.2f, .16f, .48f, .05f, .75f, .2f, .66f, .42f, .42f, .48f], [.42f, .48f, .74f, .56f, .8f, .76f, .54f, .95f, .2f, .85f]],
            [[.2f, .07f, .78f, .07f], [.78f, .07f, .46f, .42f], [.46f, .42f, .76f, .54f, .79f, .76f, .5f, .95f, .2f, .84f]],
        ],
        [
            [[.62f, .05f, .15f, .66f], [.15f, .66f, .86f, .66f], [.64f, .3f, .62f, .95f]],
            [[.25f, .06f, .2f, .48f, .48f, .56f, .8f, .48f], [.76f, .06f, .7f, .95f]],
        ],
        [
            [[.78f, .07f, .3f, .07f], [.3f, .07f, .25f, .45f], [.25f, .45f, .56f, .39f, .8f, .6f, .7f, .86f, .42f, .95f, .18f, .85f]],
            [[.82f, .1f, .38f, .06f], [.38f, .06f, .3f, .42f, .6f, .48f, .72f, .72f, .5f, .92f, .2f, .92f]],
        ],
        [
            [[.7f, .06f, .42f, .24f, .22f, .6f, .35f, .92f, .64f, .9f, .76f, .68f, .56f, .52f, .27f, .66f]],
            [[.52f, .05f, .3f, .45f, .26f, .75f, .48f, .95f, .72f, .8f, .62f, .58f, .4f, .6f, .3f, .75f]],
        ],
        [
            [[.18f, .08f, .82f, .07f], [.82f, .07f, .56f, .48f, .42f, .95f]],
            [[.16f, .1f, .8f, .07f], [.8f, .07f, .46f, .95f], [.32f, .5f, .76f, .48f]],
        ],
        [
            [[.74f, .2f, .5f, .05f, .27f, .2f, .4f, .42f, .65f, .58f, .76f, .78f, .5f, .95f, .24f, .78f, .36f, .57f, .62f, .41f, .74f, .2f]],
            [[.5f, .05f, .3f, .16f, .32f, .38f, .52f, .46f, .7f, .36f, .7f, .14f, .5f, .05f], [.52f, .46f, .24f, .6f, .26f, .86f, .52f, .95f, .76f, .84f, .76f, .6f, .52f, .46f]],
        ],
        [
            [[.75f, .3f, .52f, .05f, .26f, .22f, .34f, .48f, .6f, .48f, .75f, .3f], [.75f, .3f, .73f, .6f, .6f, .95f]],
            [[.74f, .28f, .5f, .06f, .26f, .26f, .42f, .5f, .74f, .28f], [.74f, .28f, .76f, .65f, .56f, .93f, .26f, .88f]],
        ],
    ];
}
