/**
 * The media relay of diverted calls: the control protocol {@code ng} of rtpengine, several relays and their health, and
 * the sound of one call on one of them. Knows session descriptions as text and parties as tags; no SIP, no desk.
 */
@NullMarked
package org.anticall.ops.media;

import org.jspecify.annotations.NullMarked;
